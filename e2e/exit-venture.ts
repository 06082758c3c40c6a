// A venture in stage 40 whose readiness is answered but for one criterion, and a second chairman who may confirm.
// Prints { slug, email, password }; DATABASE_URL says where.
import { createUser } from "@/lib/auth/mutations";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { makeVenture } from "@/lib/decisions/test-support/memos";
import { CRITERIA } from "@/lib/readiness/rules/criteria";

const LEFT_OPEN = "audited-accounts";
const now = clock.now();
const slug = `exit-${now.getTime()}`;
const ventureId = await makeVenture("assisted", "USD", slug);
await db.venture.update({ where: { id: ventureId }, data: { name: "Exit Test" } });
await db.stageRecord.create({ data: { ventureId, ordinal: 1, enteredAt: now, openSubstages: ["40.1"] } });
const seen = { kind: "note", ref: "", label: "Seen in the test", date: now.toISOString().slice(0, 10) };
await db.readinessScore.createMany({
  data: CRITERIA.filter(({ id }) => id !== LEFT_OPEN).map(({ id }) => ({
    ...{ ventureId, criterion: id, score: 3, rationale: "Seen", evidence: [seen] },
    ...{ scoredBy: "user:test", scoredAt: now },
  })),
});
// Three of four everywhere: the target is put where the last answer, a full one, reaches it.
await db.ventureSettings.update({
  where: { ventureId },
  data: { overrides: { secondPerson: "irreversible decisions", exitReadinessTarget: 74 } },
});
const [email, password] = [`second-${now.getTime()}@example.com`, "a second chairman's password"];
const made = await createUser(
  { email, name: "Second Chairman", role: "chairman", password },
  { ref: "user:test" },
  now,
);
if (!made.ok) throw new Error(made.refusal);
process.stdout.write(JSON.stringify({ slug, email, password }));
process.exit(0);
