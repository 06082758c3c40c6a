ALTER TABLE "approval_suspension" ADD COLUMN "used" BOOLEAN NOT NULL DEFAULT false;
