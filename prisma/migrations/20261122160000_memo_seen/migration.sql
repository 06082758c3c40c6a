-- CreateTable
CREATE TABLE "memo_seen" (
    "memoId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "memo_seen_pkey" PRIMARY KEY ("memoId","userId")
);


