-- CreateTable
CREATE TABLE "weekly_schedule" (
    "scope" TEXT NOT NULL,
    "ventureId" UUID,
    "since" CHAR(8) NOT NULL,
    "timeZone" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "weekly_schedule_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "weekly_report" (
    "id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "ventureId" UUID,
    "week" CHAR(8) NOT NULL,
    "startsOn" DATE NOT NULL,
    "endsOn" DATE NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "timeZone" TEXT NOT NULL,

    CONSTRAINT "weekly_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "weekly_revision" (
    "id" UUID NOT NULL,
    "reportId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "reason" TEXT,
    "writtenBy" TEXT NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "headline" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "document" JSONB NOT NULL,
    "figures" JSONB NOT NULL,
    "hash" CHAR(64) NOT NULL,

    CONSTRAINT "weekly_revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "weekly_file" (
    "revisionId" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "sizeBytes" INTEGER NOT NULL,

    CONSTRAINT "weekly_file_pkey" PRIMARY KEY ("revisionId","format")
);

-- CreateIndex
CREATE UNIQUE INDEX "weekly_schedule_ventureId_key" ON "weekly_schedule"("ventureId");

-- CreateIndex
CREATE INDEX "weekly_report_week_idx" ON "weekly_report"("week");

-- CreateIndex
CREATE UNIQUE INDEX "weekly_report_scope_week_key" ON "weekly_report"("scope", "week");

-- CreateIndex
CREATE UNIQUE INDEX "weekly_revision_reportId_revision_key" ON "weekly_revision"("reportId", "revision");

-- AddForeignKey
ALTER TABLE "weekly_revision" ADD CONSTRAINT "weekly_revision_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "weekly_report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "weekly_file" ADD CONSTRAINT "weekly_file_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "weekly_revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A week that was written stays as it was written; only a preview (revision 0) gives way.
CREATE FUNCTION "weekly_is_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'weekly_file' OR OLD."revision" > 0 THEN
    RAISE EXCEPTION 'A weekly report that was written is not changed';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "weekly_revision_frozen" BEFORE UPDATE OR DELETE ON "weekly_revision" FOR EACH ROW EXECUTE FUNCTION "weekly_is_frozen"();
CREATE TRIGGER "weekly_file_frozen" BEFORE UPDATE OR DELETE ON "weekly_file" FOR EACH ROW EXECUTE FUNCTION "weekly_is_frozen"();
