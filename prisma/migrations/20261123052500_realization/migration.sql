-- CreateTable
CREATE TABLE "realization" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "startedBy" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "realization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "realization_move" (
    "realizationId" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "memoId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "realization_move_pkey" PRIMARY KEY ("realizationId","cause")
);

-- CreateIndex
CREATE UNIQUE INDEX "realization_ventureId_ordinal_key" ON "realization"("ventureId", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "realization_move_realizationId_ordinal_key" ON "realization_move"("realizationId", "ordinal");

-- AddForeignKey
ALTER TABLE "realization_move" ADD CONSTRAINT "realization_move_realizationId_fkey" FOREIGN KEY ("realizationId") REFERENCES "realization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
