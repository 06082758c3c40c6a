import { ImpliedPanel } from "@/components/imports/implied-panel";
import { RecordDisagreements } from "@/components/imports/record-disagreements";
import { Section } from "@/components/ui/section";
import type { Actor } from "@/lib/auth/actor";
import { listDisagreeing } from "@/lib/customers/queries/disagreeing";
import { listImpliedContradictions } from "@/lib/metrics/queries/implied";

type Props = { actor: Actor; venture: { id: string; currency: string }; mayCorrect: boolean };

/** What of a venture's records contradicts itself; nothing is shown where nothing does. */
export async function DisagreementSections({ actor, venture, mayCorrect }: Props) {
  const [disagreements, implied] = await Promise.all([
    listDisagreeing(actor, venture.id),
    listImpliedContradictions(actor, venture),
  ]);
  return (
    <>
      {disagreements.length > 0 ? (
        <div id="records">
          <Section title="Records that disagree">
            <RecordDisagreements ventureId={venture.id} disagreements={disagreements} mayCorrect={mayCorrect} />
          </Section>
        </div>
      ) : null}
      {implied.length > 0 ? (
        <div id="implied">
          <Section title="Reported against subscriptions">
            <ImpliedPanel contradictions={implied} currency={venture.currency} />
          </Section>
        </div>
      ) : null}
    </>
  );
}
