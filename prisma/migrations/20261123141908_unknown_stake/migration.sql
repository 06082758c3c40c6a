-- What commits no money of its own puts an unknown amount at stake, not none: a zero was never a measured amount.
UPDATE "memo" SET "stakeMinor" = NULL, "stakeCurrency" = NULL WHERE "stakeMinor" = 0;
