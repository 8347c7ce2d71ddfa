"""The part of the Badgr API, version 2, with which Moodle and others look into backpacks and put badges there."""
