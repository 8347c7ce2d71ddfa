"""What Europass calls issuer, viewer and wallet: seal uploads, check, convert, deposit, share."""
