import { Disclosure } from "@/components/ui/disclosure";
import type { BuyerLine } from "@/lib/buyers/queries";
import { FIT_LABELS, FIT_WEIGHTS } from "@/lib/buyers/rules/fit";
import { STAGE_LABELS } from "@/lib/buyers/rules/outreach";
import { FIT_CRITERIA, type FitCriterion } from "@/lib/buyers/schema";
import { formatDay } from "@/lib/format";
import { PutAway } from "./away-list";
import { ClaimDialog } from "./claim-dialog";
import { PlaceForm } from "./place-form";

type BuyerDetailProps = {
  buyer: BuyerLine;
  ventureId: string;
  today: string;
  mayEdit: boolean;
};

/** One buyer whole: what is claimed with its source, what happened, and what comes next. */
export function BuyerDetail({ buyer, ventureId, today, mayEdit }: BuyerDetailProps) {
  return (
    <Disclosure summary={`${buyer.name}: ${buyer.tier}, ${STAGE_LABELS[buyer.stage].toLowerCase()}`}>
      <div className="grid gap-5 *:min-w-0">
        <p className="text-sm text-muted">
          {`${buyer.sectors.join(", ") || "No sector named"}. Facts of ${formatDay(buyer.factsAsOf)}: ${buyer.factsSource}.`}
        </p>
        <ul>
          {FIT_CRITERIA.map((criterion) => (
            <ClaimLine key={criterion} criterion={criterion} {...{ buyer, ventureId, today, mayEdit }} />
          ))}
        </ul>
        <Steps buyer={buyer} />
        {mayEdit ? (
          <div className="flex flex-wrap items-end justify-between gap-3">
            <PlaceForm buyer={buyer} ventureId={ventureId} />
            <PutAway buyer={buyer} ventureId={ventureId} />
          </div>
        ) : null}
      </div>
    </Disclosure>
  );
}

type ClaimLineProps = BuyerDetailProps & { criterion: FitCriterion };

const FROM_WORDS = { person: "", list: "By a list. ", rule: "By rule. " } as const;

function ClaimLine({ criterion, buyer, ventureId, today, mayEdit }: ClaimLineProps) {
  const claim = buyer.claims.find((one) => one.criterion === criterion) ?? null;
  const weight = criterion === "antitrust" ? "a flag before the sum" : `weight ${FIT_WEIGHTS[criterion]}`;
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 border-b border-line py-1">
      <span className="w-44 font-medium">
        {FIT_LABELS[criterion]}
        <span className="block text-sm font-normal text-muted">{weight}</span>
      </span>
      <span className="min-w-0 flex-1 basis-60">
        {claim ? `${claim.score} of 4: ${claim.claim}` : "Nobody has claimed anything yet."}
        {claim ? (
          <span className="block text-sm text-muted">
            {`${FROM_WORDS[claim.from]}Evidence ${claim.tier}: ${claim.source}, ${formatDay(claim.dated)}`}
          </span>
        ) : null}
      </span>
      {mayEdit ? (
        <ClaimDialog
          ventureId={ventureId}
          companyId={buyer.id}
          buyer={buyer.name}
          criterion={criterion}
          today={today}
          standing={claim?.id ? { ...claim, id: claim.id } : null}
        />
      ) : null}
    </li>
  );
}

function Steps({ buyer }: { buyer: BuyerLine }) {
  if (buyer.steps.length === 0) return <p className="text-muted">Nothing has happened with this buyer yet.</p>;
  return (
    <ol aria-label={`What happened with ${buyer.name}`}>
      {buyer.steps.map(({ stage, on, note }) => (
        <li key={`${stage}-${on}-${note}`} className="border-b border-line py-1">
          {`${formatDay(on)}: ${STAGE_LABELS[stage]}${note ? `. ${note}` : ""}`}
        </li>
      ))}
    </ol>
  );
}
