"""The page of the network: levels, who gets which, what is wrong with that, and where it is published to."""
