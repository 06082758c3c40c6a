import type { Metadata } from "next";
import { AnswerSecret, DeliveryForm } from "@/components/governance/delivery-form";
import { Level } from "@/components/ui/level";
import { Section } from "@/components/ui/section";
import { requirePermission } from "@/lib/auth/session";
import { getDelivery } from "@/lib/governance/queries/delivery";

export const metadata: Metadata = { title: "Governance" };

const SCHEMAS = [
  { name: "chairman-handoff-1", says: "What we hand over" },
  { name: "chairman-answer-1", says: "What may come back" },
];

/** How documents cross the boundary: out to a folder or a webhook, back by a folder, a route or a file in hand. */
export default async function GovernanceSettingsPage() {
  await requirePermission("connector:manage");
  const delivery = await getDelivery();
  const { folder, delivered, waiting, dead } = delivery;
  return (
    <>
      <Section title="Handoffs">
        <p className="mb-3 prose-width text-muted">
          Each directive and each retrospective is one JSON document, delivered at least once under one key. The
          boundary is read-only: nothing of the receiver runs here, and nothing of ours there.
        </p>
        <p className="mb-3 flex flex-wrap gap-x-6 gap-y-1">
          <Level level="healthy" word={`${delivered} delivered`} />
          <Level level="unknown" word={`${waiting} on their way`} />
          <Level level={dead > 0 ? "critical" : "unknown"} word={`${dead} given up`} />
        </p>
        <DeliveryForm key={`delivery ${delivery.version}`} delivery={delivery} />
        <p className="mt-3 text-sm text-muted">
          The folder is <code className="font-mono break-all">{folder}</code>, “out” for handoffs and “in” for answers.
          It is set where the server is started (GOVERNANCE_DIR), never here.
        </p>
      </Section>
      <Section title="Answers by route">
        <p className="mb-3 prose-width text-muted">
          Governance posts a document to <code className="font-mono">/api/governance/answers</code> with the header
          x-chairman-signature: t=&lt;seconds&gt;,v1=&lt;HMAC-SHA256 of “t.body”&gt;, at most five minutes old.{" "}
          {delivery.answers
            ? "There is a secret; it is not shown again."
            : "Without a secret nothing is taken in by route."}
        </p>
        <AnswerSecret delivery={delivery} />
      </Section>
      <Section title="Schemas">
        <ul>
          {SCHEMAS.map(({ name, says }) => (
            <li key={name} className="py-1">
              <a href={`/api/governance/schemas/${name}`} className="text-accent underline underline-offset-3">
                {name}
              </a>{" "}
              <span className="text-muted">{says}</span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
