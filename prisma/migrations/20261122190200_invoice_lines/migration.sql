ALTER TABLE "invoice" ADD COLUMN "lines" JSONB;
