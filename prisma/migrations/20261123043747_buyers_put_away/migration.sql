-- A buyer who is put away: off the list and the board, with everything that was kept of it, until somebody brings it back.
ALTER TABLE "buyer_candidate" ADD COLUMN "archivedAt" TIMESTAMPTZ(3),
ADD COLUMN "archivedReason" TEXT;
