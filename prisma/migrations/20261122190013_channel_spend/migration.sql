-- Made an hour before and never written to: what it was for is computed when it is opened.
DROP TABLE "growth_sheet";

CREATE TABLE "channel_spend" (
    "ventureId" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "loadedBy" TEXT NOT NULL,
    "loadedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_spend_pkey" PRIMARY KEY ("ventureId","channel","month")
);
