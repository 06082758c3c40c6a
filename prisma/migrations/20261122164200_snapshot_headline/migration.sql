-- The desk and the portfolio read a few measures of a thousand ventures: they get a small copy that stays inside the row,
-- and the numbers to order by. A trigger keeps them, so that no writer can forget.
ALTER TABLE "venture_snapshot" ADD COLUMN "headline" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN "critical" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "warning" INTEGER NOT NULL DEFAULT 0;

CREATE FUNCTION "venture_snapshot_headline"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT COALESCE(jsonb_object_agg(m.key, CASE WHEN m.key = 'growth_rate' THEN m.value ELSE m.value - 'spark' END), '{}'),
    count(*) FILTER (WHERE m.value #>> '{level,tone}' = 'critical'),
    count(*) FILTER (WHERE m.value #>> '{level,tone}' = 'warning')
  INTO NEW."headline", NEW."critical", NEW."warning"
  FROM jsonb_each(NEW."measures") m
  WHERE m.key IN ('growth_rate', 'valuation', 'valuation_change', 'exit_readiness', 'cash_runway',
    'customer_concentration', 'team_retention');
  RETURN NEW;
END
$$;

CREATE TRIGGER "venture_snapshot_headline" BEFORE INSERT OR UPDATE ON "venture_snapshot"
FOR EACH ROW EXECUTE FUNCTION "venture_snapshot_headline"();

UPDATE "venture_snapshot" SET "measures" = "measures";
