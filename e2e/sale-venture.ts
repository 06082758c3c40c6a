// A venture whose sale has closed: who shares in the proceeds is fixed, and nothing is booked yet.
// Prints { slug }; DATABASE_URL says where.
import { mintActor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { makeVenture } from "@/lib/decisions/test-support/memos";
import { recordBasis } from "@/lib/ledger/mutations/basis";
import { basisSchema } from "@/lib/ledger/schema";

const now = clock.now();
const slug = `sale-${now.getTime()}`;
const ventureId = await makeVenture("assisted", "EUR", slug);
await db.venture.update({ where: { id: ventureId }, data: { name: "Sale Test" } });
const seller = { id: "test", ref: "user:test", name: "Test", role: "analyst" as const, ventures: "all" as const };
const basis = basisSchema.parse({
  ...{ ventureId, currency: "EUR" },
  classes: [{ id: "common", kind: "common", shares: 4 }],
  holdings: [
    { classId: "common", holderId: "ada", name: "Ada Holder", units: "3" },
    { classId: "common", holderId: "grace", name: "Grace Holder", units: "1" },
  ],
});
const made = await recordBasis(mintActor({ ...seller, sessionId: null, steppedUpAt: null }), basis, now);
if (!made.ok) throw new Error(made.refusal);
process.stdout.write(JSON.stringify({ slug }));
process.exit(0);
