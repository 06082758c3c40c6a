import { FigureValue } from "@/components/figures/figure-value";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ButtonLink } from "@/components/ui/link";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { WaterfallPage } from "@/lib/distribution/queries/waterfall";
import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";
import { formatExactMoney } from "@/lib/format";
import { offerValue } from "./price-form";
import { REACH_WORDS } from "./words";

/** “What price gives the group 20 M?”: the exact price, the whole stretch where they are one, or that none does. */
export function GoalSeek({ page }: { page: WaterfallPage }) {
  const { venture, context, chosen, price, goal } = page;
  const holders = context?.holders ?? [];
  const { asked } = goal;
  return (
    <div className="grid gap-3">
      <form method="get" aria-label="What price brings an amount" className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="offer" value={offerValue(chosen)} />
        <input type="hidden" name="price" value={price} />
        <Field label="Who is to receive" required className="min-w-0">
          {(control) => (
            <Select
              {...control}
              name="who"
              defaultValue={asked.who}
              className="max-w-full"
              options={[
                ...(context?.group ? [{ value: "group", label: "The group" }] : []),
                ...holders.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </Field>
        <Field label={`Amount before tax (${venture.currency})`} required>
          {(control) => <TextInput {...control} numeric name="goal" defaultValue={asked.goal} placeholder="20000000" />}
        </Field>
        <Field label="When" required>
          {(control) => (
            <Select
              {...control}
              name="reach"
              defaultValue={asked.reach}
              options={Object.entries(REACH_WORDS).map(([value, label]) => ({ value, label }))}
            />
          )}
        </Field>
        <Button type="submit">Find the price</Button>
      </form>
      <div role="status">{goal.found ? <Answer page={page} /> : null}</div>
    </div>
  );
}

function Answer({ page }: { page: WaterfallPage }) {
  const { goal, figures, venture, chosen, context } = page;
  const { found, asked } = goal;
  if (!found) return null;
  const who = asked.who === "group" ? "the group" : context?.holders.find(({ id }) => id === asked.who)?.name;
  const receives = `${who ?? "that holder"} ${formatExactMoney(asked.goal, venture.currency)} ${asked.reach === "all" ? "if all is paid" : "at closing"}`;
  const shown = (part: string) => <Shown figure={figures[`goal.${part}`]} />;
  if (found.kind === "one")
    return (
      <p className="headline prose-width text-lg">
        A price of {shown("price")} brings {receives}.{" "}
        <ButtonLink href={`?offer=${offerValue(chosen)}&price=${found.price}`}>Split that price</ButtonLink>
      </p>
    );
  if (found.kind === "range")
    return (
      <p className="headline prose-width text-lg">
        {found.to === null ? (
          <>
            Every price from {shown("from")} on brings {receives}: a higher price brings no more.
          </>
        ) : (
          <>
            Every price from {shown("from")} to {shown("to")} brings {receives}: in between a higher price goes to
            others.
          </>
        )}
      </p>
    );
  if (found.kind === "above")
    return (
      <p className="headline prose-width text-lg">
        No price brings {receives}; the most that any price brings is {shown("most")}.
      </p>
    );
  if (found.kind === "below")
    return (
      <p className="headline prose-width text-lg">
        No price brings so little: the least that the other terms allow already brings {shown("least")}.
      </p>
    );
  return <p className="text-muted">{REASON_SENTENCES[found.reason] ?? "The price cannot be computed."}</p>;
}

const Shown = ({ figure }: { figure: FigureView | undefined }) =>
  figure ? <FigureValue figure={figure} exact /> : null;
