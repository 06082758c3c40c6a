-- A file of stage 39 is kept as a whole, so that it can be undone as a whole.
CREATE TABLE "stage_hand_over" (
    "id" UUID NOT NULL,
    "fileName" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "lines" JSONB NOT NULL,
    "takenBy" TEXT NOT NULL,
    "takenAt" TIMESTAMPTZ(3) NOT NULL,
    "undoneBy" TEXT,
    "undoneAt" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "stage_hand_over_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "stage_signal" ADD COLUMN "runId" UUID,
ADD COLUMN "handOverId" UUID,
ADD COLUMN "before" JSONB;

CREATE INDEX "stage_signal_handOverId_idx" ON "stage_signal"("handOverId");

ALTER TABLE "stage_signal" ADD CONSTRAINT "stage_signal_handOverId_fkey" FOREIGN KEY ("handOverId") REFERENCES "stage_hand_over"("id") ON DELETE SET NULL ON UPDATE CASCADE;
