CREATE TABLE "memo_reading" (
    "id" UUID NOT NULL,
    "memoId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "readerId" UUID NOT NULL,
    "askedBy" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT NOT NULL,
    "dueOn" DATE NOT NULL,
    "stance" TEXT,
    "opinion" TEXT,
    "opinionVersion" INTEGER,
    "givenAt" TIMESTAMPTZ(3),
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "memo_reading_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "memo_reading_memoId_idx" ON "memo_reading"("memoId");
CREATE INDEX "memo_reading_readerId_givenAt_idx" ON "memo_reading"("readerId", "givenAt");

CREATE TABLE "digest_setting" (
    "userId" UUID NOT NULL,
    "frequency" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "digest_setting_pkey" PRIMARY KEY ("userId")
);

CREATE TABLE "digest" (
    "userId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,
    "memos" INTEGER NOT NULL,
    "readings" INTEGER NOT NULL,
    "alerts" INTEGER NOT NULL,
    "sent" BOOLEAN NOT NULL,

    CONSTRAINT "digest_pkey" PRIMARY KEY ("userId","day")
);

CREATE TABLE "approval_suspension" (
    "memoId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "suspendedAt" TIMESTAMPTZ(3) NOT NULL,
    "resumedAt" TIMESTAMPTZ(3),

    CONSTRAINT "approval_suspension_pkey" PRIMARY KEY ("memoId","version","ordinal")
);
