-- A forecast as it was made, kept so that what comes later can be compared with it.
CREATE TABLE "forecast_record" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "madeOn" DATE NOT NULL,
    "madeMonth" CHAR(7) NOT NULL,
    "through" CHAR(7) NOT NULL,
    "lastValue" DECIMAL(38,10) NOT NULL,
    "values" INTEGER NOT NULL,
    "model" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "accuracy" JSONB NOT NULL,
    "points" JSONB NOT NULL,
    "madeBy" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "forecast_record_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "forecast_record_months" CHECK ("through" <= "madeMonth")
);

-- One a month for each metric; of two that make it at once the second finds the first.
CREATE UNIQUE INDEX "forecast_record_ventureId_metric_madeMonth_key" ON "forecast_record"("ventureId", "metric", "madeMonth");
