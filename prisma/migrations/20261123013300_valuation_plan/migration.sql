-- CreateTable
CREATE TABLE "valuation_plan" (
    "ventureId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "startsOn" DATE NOT NULL,
    "months" INTEGER NOT NULL,
    "inputs" JSONB NOT NULL,
    "run" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "valuation_plan_pkey" PRIMARY KEY ("ventureId","version")
);
