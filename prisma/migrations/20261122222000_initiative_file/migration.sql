-- Initiatives that a file brought in can be taken back together.
ALTER TABLE "initiative" ADD COLUMN "importKey" TEXT;
