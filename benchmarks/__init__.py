"""How fast StatusDesk is, as ratios against what the engine and the toolkit allow in the same run."""
