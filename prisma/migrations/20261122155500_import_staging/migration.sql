ALTER TABLE "import" ADD COLUMN "detection" JSONB;

CREATE TABLE "import_progress" (
    "importId" UUID NOT NULL,
    "phase" TEXT NOT NULL,
    "done" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_progress_pkey" PRIMARY KEY ("importId")
);

-- Rows of a file between preview and apply: one unlogged table per import, outside the model (lib/imports/rules/staging.ts).
CREATE SCHEMA IF NOT EXISTS "staging";

-- Files are stored as they came; compressing them again costs more time than it saves space.
ALTER TABLE "stored_file" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
