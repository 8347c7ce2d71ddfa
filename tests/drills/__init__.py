"""What happens when processes, connections and databases die at the worst moment."""
