ALTER TABLE "venture" ADD COLUMN "maturityScore" DECIMAL(5,2), ADD COLUMN "maturityAssessedOn" DATE;
ALTER TABLE "venture" ADD CONSTRAINT "venture_maturity" CHECK ("maturityScore" BETWEEN 0 AND 100);
