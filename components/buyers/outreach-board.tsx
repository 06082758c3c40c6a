"use client";

import { StageBoard } from "@/components/ui/stage-board";
import type { BuyerLine } from "@/lib/buyers/queries";
import { mayMove, STAGE_LABELS } from "@/lib/buyers/rules/outreach";
import { OUTREACH, type OutreachStage } from "@/lib/buyers/schema";
import { formatDay } from "@/lib/format";
import { OutreachForm } from "./outreach-form";

type OutreachBoardProps = {
  buyers: readonly BuyerLine[];
  ventureId: string;
  today: string;
  people: readonly { id: string; name: string }[];
  mayEdit: boolean;
};

/** Where a buyer may go from here today: what leaves the holding only once the chairman approved it. */
const nextStages = ({ stage, cleared }: BuyerLine, today: string): OutreachStage[] =>
  OUTREACH.filter((to) => to !== stage && mayMove({ from: stage, to, cleared, on: today, today }) === null);

/** How far each buyer is. Opening one says what is next; moving one opens it with that stage chosen. */
export function OutreachBoard({ buyers, ...rest }: OutreachBoardProps) {
  const { today, mayEdit } = rest;
  return (
    <StageBoard
      stages={OUTREACH}
      labels={STAGE_LABELS}
      cards={buyers}
      stageOf={({ stage }) => stage}
      nameOf={({ name }) => name}
      nextOf={(buyer) => nextStages(buyer, today)}
      mayMove={mayEdit}
      standing={(buyer) => <Next buyer={buyer} today={today} />}
      detail={(buyer, to, close) => <Card {...{ buyer, to, ...rest }} onDone={close} />}
      className="grid gap-4 sm:grid-cols-3 lg:grid-cols-7"
    />
  );
}

function Next({ buyer: { owner, nextStep, nextOn, stage }, today }: { buyer: BuyerLine; today: string }) {
  const late = nextOn !== null && nextOn < today && stage !== "declined";
  return (
    <span className="block text-sm text-muted">
      {nextStep || "No next step"}
      {nextOn ? <span className="block">{`${late ? "▲ overdue since " : "by "}${formatDay(nextOn)}`}</span> : null}
      <span className="block">{owner ?? "No owner"}</span>
    </span>
  );
}

type CardProps = Omit<OutreachBoardProps, "buyers"> & {
  buyer: BuyerLine;
  to: OutreachStage | null;
  onDone: () => void;
};

function Card({ buyer, to, onDone, ventureId, today, people, mayEdit }: CardProps) {
  return (
    <div className="grid gap-4">
      {buyer.steps.length === 0 ? (
        <p className="text-muted">Nothing has happened with this buyer yet.</p>
      ) : (
        <ol aria-label={`What happened with ${buyer.name}`}>
          {buyer.steps.map(({ stage, on, note }) => (
            <li key={`${stage}-${on}-${note}`} className="border-b border-line py-1">
              {`${formatDay(on)}: ${STAGE_LABELS[stage]}${note ? `. ${note}` : ""}`}
            </li>
          ))}
        </ol>
      )}
      {mayEdit ? (
        <OutreachForm key={`${buyer.version} ${to}`} {...{ buyer, to, onDone, ventureId, today, people }} />
      ) : null}
    </div>
  );
}
