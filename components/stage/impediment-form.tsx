"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { errorSentence } from "@/components/ui/error-sentence";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select, type SelectOption } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { submitImpediment, submitLift } from "@/lib/stage/actions/impediments";
import { type ImpedimentKind, NATURES } from "@/lib/stage/schema/impediments";
import { IMPEDIMENT_SENTENCES, IMPEDIMENT_WORDS } from "./impediment-words";

type Change = ReturnType<typeof useChange>;
type ImpedimentDialogProps = {
  title: string;
  description: string;
  trigger: ReactNode;
  submit: string;
  send: (change: Change) => Promise<unknown>;
  children: (problemAt: Change["problemAt"]) => ReactNode;
};

function ImpedimentDialog({ title, description, trigger, submit, send, children }: ImpedimentDialogProps) {
  const [open, setOpen] = useState(false);
  const change = useChange();
  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (await send(change)) setOpen(false);
  }
  return (
    <>
      <Dialog title={title} description={description} trigger={trigger} open={open} onOpenChange={setOpen}>
        <form onSubmit={onSubmit} className="grid grid-cols-1 gap-3">
          {children(change.problemAt)}
          <div role="alert" className="empty:sr-only">
            {change.refusal ? (
              <Notice level="critical" word="not done">
                {errorSentence(change.refusal, IMPEDIMENT_SENTENCES)}
              </Notice>
            ) : null}
          </div>
          <div>
            <Button type="submit" variant="primary" busy={change.busy}>
              {submit}
            </Button>
          </div>
        </form>
      </Dialog>
      {change.dialog}
    </>
  );
}

type ImpedimentFormProps = {
  ventureId: string;
  kind: ImpedimentKind;
  /** Of a block the bidders in the sale, of a dispute the earn-outs; the first is chosen. */
  places: readonly SelectOption[];
};

const FIRST = { raisedBy: "", grounds: "", occurredOn: "", evidence: "" };

/** What stands in the way, as a person records it: who says so, since when, and on what it rests. */
export function ImpedimentForm({ ventureId, kind, places }: ImpedimentFormProps) {
  const words = IMPEDIMENT_WORDS[kind];
  const natures = Object.entries(NATURES[kind]).map(([value, label]) => ({ value, label }));
  const [place, setPlace] = useState(places[0]?.value ?? "");
  const [nature, setNature] = useState(natures[0]?.value ?? "");
  const [values, setValues] = useState(FIRST);
  const text = (name: keyof typeof FIRST) => ({
    value: values[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  });
  const send = async ({ run }: Change) => {
    const said = { ventureId, nature, ...values };
    const where =
      kind === "regulatory-block" ? { dealId: place } : kind === "earn-out-dispute" ? { trancheId: place } : {};
    const input = { kind, ...said, ...where } as Parameters<typeof submitImpediment>[0];
    const outcome = await run(() => submitImpediment(input), words.done);
    if (outcome) setValues(FIRST);
    return outcome;
  };
  return (
    <ImpedimentDialog
      {...{ title: words.title, description: words.description, send }}
      trigger={<Button>{words.button}</Button>}
      submit="Record it"
    >
      {(problemAt) => (
        <>
          {places.length > 0 ? (
            <Field label={kind === "regulatory-block" ? "Bidder" : "Earn-out"}>
              {(control) => (
                <Select
                  {...control}
                  options={[...places]}
                  value={place}
                  onChange={(event) => setPlace(event.target.value)}
                />
              )}
            </Field>
          ) : null}
          <Field label="In what way">
            {(control) => (
              <Select
                {...control}
                options={natures}
                value={nature}
                onChange={(event) => setNature(event.target.value)}
              />
            )}
          </Field>
          <Field label={words.who} required error={problemAt("raisedBy")}>
            {(control) => <TextInput {...control} {...text("raisedBy")} />}
          </Field>
          <Field label="Since" required error={problemAt("occurredOn")}>
            {(control) => <TextInput {...control} type="date" {...text("occurredOn")} />}
          </Field>
          <Field label="What it is about" required error={problemAt("grounds")}>
            {(control) => <Textarea {...control} rows={3} maxLength={600} {...text("grounds")} />}
          </Field>
          <Field label="What it rests on" hint="The letter, ruling or filing" required error={problemAt("evidence")}>
            {(control) => <TextInput {...control} {...text("evidence")} />}
          </Field>
        </>
      )}
    </ImpedimentDialog>
  );
}

type LiftProps = { impediment: { id: string; version: number; kind: ImpedimentKind } };

/** It is over: what waited because of it goes on. */
export function LiftForm({ impediment: { id, version, kind } }: LiftProps) {
  const words = IMPEDIMENT_WORDS[kind];
  const [on, setOn] = useState("");
  const [resolution, setResolution] = useState("");
  const send = ({ run }: Change) => run(() => submitLift({ impedimentId: id, version, on, resolution }), words.lifted);
  return (
    <ImpedimentDialog
      {...{ title: words.liftTitle, description: words.liftDescription, send }}
      trigger={<Button>{words.lift}</Button>}
      submit={words.lift}
    >
      {(problemAt) => (
        <>
          <Field label="On" required error={problemAt("on")}>
            {(control) => (
              <TextInput {...control} type="date" value={on} onChange={(event) => setOn(event.target.value)} />
            )}
          </Field>
          <Field label="What became of it, and on what it rests" required error={problemAt("resolution")}>
            {(control) => (
              <Textarea
                {...control}
                rows={3}
                maxLength={600}
                value={resolution}
                onChange={(event) => setResolution(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </ImpedimentDialog>
  );
}
