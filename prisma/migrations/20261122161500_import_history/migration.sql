-- What an import replaced: for its undo and for the list of its changes. Current rows are not in these indexes.
CREATE INDEX "metric_point_superseded_by" ON "metric_point" ("supersededByImportId") WHERE "supersededByImportId" IS NOT NULL;
CREATE INDEX "customer_superseded_by" ON "customer" ("supersededByImportId") WHERE "supersededByImportId" IS NOT NULL;
CREATE INDEX "subscription_superseded_by" ON "subscription" ("supersededByImportId") WHERE "supersededByImportId" IS NOT NULL;
CREATE INDEX "invoice_superseded_by" ON "invoice" ("supersededByImportId") WHERE "supersededByImportId" IS NOT NULL;
