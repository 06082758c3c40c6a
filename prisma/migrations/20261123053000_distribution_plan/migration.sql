CREATE TABLE "distribution_plan" (
    "ventureId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "plan" JSONB NOT NULL,
    "asOf" DATE NOT NULL,
    "run" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "distribution_plan_pkey" PRIMARY KEY ("ventureId","version")
);
