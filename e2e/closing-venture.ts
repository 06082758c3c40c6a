// A venture whose definitive agreement is signed and whose closing begins. Prints { slug }; DATABASE_URL says where.
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { NO_FACTS } from "@/lib/deals/schema/deal";
import { makeVenture } from "@/lib/decisions/test-support/memos";
import { addDays } from "@/lib/metrics/rules/periods";

const now = clock.now();
const slug = `closing-${now.getTime()}`;
const ventureId = await makeVenture("assisted", "USD", slug);
await db.venture.update({ where: { id: ventureId }, data: { name: "Closing Test" } });
const opened = { openedBy: "system:test", openedAt: now, version: 1 };
const valuedOn = now.toISOString().slice(0, 10);
const assumptions = { discountRatio: "0.1", valuedOn };
const process_ = await db.saleProcess.create({
  data: { ventureId, ordinal: 1, status: "open", assumptions, ...opened },
});
const facts = { ...NO_FACTS, agreementSignedOn: valuedOn, closesOn: addDays(valuedOn, 60) };
await db.deal.create({
  data: { ventureId, processId: process_.id, bidder: "Alder AG", stage: "closing", facts, ...opened },
});
process.stdout.write(JSON.stringify({ slug }));
process.exit(0);
