-- Another system can be told through a tool of its MCP server, and a message that was given up can be sent again.
ALTER TABLE "outbound_endpoint" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'webhook',
ADD COLUMN "tools" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

ALTER TABLE "outbox_message" ADD COLUMN "resent" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "withdrawn" BOOLEAN NOT NULL DEFAULT false;

UPDATE "outbox_message" SET "withdrawn" = true
WHERE "abandonedAt" IS NOT NULL AND "lastError" = 'The decision was taken back before it was sent';
