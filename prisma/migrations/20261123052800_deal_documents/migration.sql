-- Documents of a deal: templates, documents with their versions, and what people said where nothing stored says it.
CREATE TABLE "document_template" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "file" BYTEA,
    "fileName" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "document_template_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "deal_document" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "dealId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "clearedVersion" INTEGER,
    "sentVersion" INTEGER,
    "sentOn" DATE,

    CONSTRAINT "deal_document_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "deal_document_version" (
    "documentId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "templateId" UUID NOT NULL,
    "offerId" UUID,
    "offerVersion" INTEGER,
    "facts" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "model" JSONB NOT NULL,
    "missing" JSONB NOT NULL,
    "open" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deal_document_version_pkey" PRIMARY KEY ("documentId", "version")
);

CREATE TABLE "deal_particular" (
    "id" BIGSERIAL NOT NULL,
    "dealId" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deal_particular_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "document_template_kind_version_key" ON "document_template"("kind", "version");
CREATE UNIQUE INDEX "deal_document_dealId_kind_about_key" ON "deal_document"("dealId", "kind", "about");
CREATE INDEX "deal_document_ventureId_idx" ON "deal_document"("ventureId");
CREATE INDEX "deal_document_version_templateId_idx" ON "deal_document_version"("templateId");
CREATE INDEX "deal_particular_dealId_field_id_idx" ON "deal_particular"("dealId", "field", "id");

ALTER TABLE "deal_document_version" ADD CONSTRAINT "deal_document_version_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "deal_document"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "deal_document_version" ADD CONSTRAINT "deal_document_version_templateId_fkey" FOREIGN KEY ("templateId") REFERENCES "document_template"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
