-- Who answers for a venture; views of the portfolio that a person keeps; and the numbers that a thousand ventures are
-- ordered and filtered by, beside the snapshot that they come from.
ALTER TABLE "venture" ADD COLUMN "ownerId" UUID;

CREATE TABLE "portfolio_view" (
  "id" UUID NOT NULL,
  "userId" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "query" TEXT NOT NULL,
  "shared" BOOLEAN NOT NULL DEFAULT false,
  "version" INTEGER NOT NULL DEFAULT 1,
  "changedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "portfolio_view_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "portfolio_view_userId_name_key" ON "portfolio_view"("userId", "name");
ALTER TABLE "portfolio_view" ADD CONSTRAINT "portfolio_view_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "portfolio_start" (
  "userId" UUID NOT NULL,
  "viewId" UUID NOT NULL,
  CONSTRAINT "portfolio_start_pkey" PRIMARY KEY ("userId")
);
CREATE INDEX "portfolio_start_viewId_idx" ON "portfolio_start"("viewId");
ALTER TABLE "portfolio_start" ADD CONSTRAINT "portfolio_start_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "portfolio_start" ADD CONSTRAINT "portfolio_start_viewId_fkey"
  FOREIGN KEY ("viewId") REFERENCES "portfolio_view"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "venture_snapshot" ADD COLUMN "worst" TEXT NOT NULL DEFAULT 'unknown',
ADD COLUMN "growth" DOUBLE PRECISION,
ADD COLUMN "valuation" DOUBLE PRECISION,
ADD COLUMN "valuationChange" DOUBLE PRECISION,
ADD COLUMN "readiness" DOUBLE PRECISION,
ADD COLUMN "runway" DOUBLE PRECISION,
ADD COLUMN "concentration" DOUBLE PRECISION,
ADD COLUMN "retention" DOUBLE PRECISION;

CREATE OR REPLACE FUNCTION "venture_snapshot_headline"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  healthy INTEGER;
  excellent INTEGER;
BEGIN
  SELECT COALESCE(jsonb_object_agg(m.key, CASE WHEN m.key = 'growth_rate' THEN m.value ELSE m.value - 'spark' END), '{}'),
    count(*) FILTER (WHERE m.value #>> '{level,tone}' = 'critical'),
    count(*) FILTER (WHERE m.value #>> '{level,tone}' = 'warning'),
    count(*) FILTER (WHERE m.value #>> '{level,tone}' = 'healthy'),
    count(*) FILTER (WHERE m.value #>> '{level,tone}' = 'excellent')
  INTO NEW."headline", NEW."critical", NEW."warning", healthy, excellent
  FROM jsonb_each(NEW."measures") m
  WHERE m.key IN ('growth_rate', 'valuation', 'valuation_change', 'exit_readiness', 'cash_runway',
    'customer_concentration', 'team_retention');
  NEW."worst" := CASE WHEN NEW."critical" > 0 THEN 'critical' WHEN NEW."warning" > 0 THEN 'warning'
    WHEN healthy > 0 THEN 'healthy' WHEN excellent > 0 THEN 'excellent' ELSE 'unknown' END;
  NEW."growth" := (NEW."measures" #>> '{growth_rate,value}')::float8;
  NEW."valuation" := (NEW."measures" #>> '{valuation,value}')::float8;
  NEW."valuationChange" := (NEW."measures" #>> '{valuation_change,value}')::float8;
  NEW."readiness" := (NEW."measures" #>> '{exit_readiness,value}')::float8;
  -- Without burn there is no end of the runway: longer than any.
  NEW."runway" := CASE WHEN NEW."measures" #>> '{cash_runway,reason}' = 'not-burning' THEN 1e9
    ELSE (NEW."measures" #>> '{cash_runway,value}')::float8 END;
  NEW."concentration" := (NEW."measures" #>> '{customer_concentration,value}')::float8;
  NEW."retention" := (NEW."measures" #>> '{team_retention,value}')::float8;
  RETURN NEW;
END
$$;

UPDATE "venture_snapshot" SET "measures" = "measures";
