import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { WaterfallPage } from "@/lib/distribution/queries/waterfall";

export const offerValue = (chosen: WaterfallPage["chosen"]): string =>
  chosen ? `${chosen.offerId}:${chosen.version}` : "none";

/** Which offer, at what price: an address of its own, so that it can be kept and sent. */
export function PriceForm({ page }: { page: WaterfallPage }) {
  const { venture, offers, chosen, price, terms } = page;
  const currency = terms?.currency ?? venture.currency;
  return (
    <form method="get" aria-label="Offer and price" className="flex flex-wrap items-end gap-3">
      <Field label="Terms" required className="min-w-0">
        {(control) => (
          <Select
            {...control}
            name="offer"
            defaultValue={offerValue(chosen)}
            className="max-w-full"
            options={[
              ...offers.map((one) => ({ value: `${one.offerId}:${one.version}`, label: one.label })),
              { value: "none", label: "A price for all shares, nothing taken off" },
            ]}
          />
        )}
      </Field>
      <Field label={`Price (${currency})`}>
        {(control) => (
          <TextInput
            {...control}
            numeric
            name="price"
            defaultValue={price}
            placeholder={chosen && terms?.price ? terms.price : "12500000"}
          />
        )}
      </Field>
      <Button type="submit">Split it</Button>
    </form>
  );
}
