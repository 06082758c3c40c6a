import { z } from "zod";
import { offerChoiceSchema, priceInput, REACHES, type Reach } from "./split";

type Address = Readonly<Record<string, string | string[] | undefined>>;

/** "12 500 000" and "12,500,000" as a person types them. */
const typed = (text: string): string => text.replace(/[\s, \u2009']/g, "");

/** What the address of the waterfall asks; what cannot be read is not asked. `offer=none` asks for a price alone. */
export function waterfallAsked(address: Address) {
  const of = (name: string): string => {
    const value = address[name];
    return typeof value === "string" ? value : "";
  };
  const [offerId = "", version = ""] = of("offer").split(":");
  const offer = offerChoiceSchema.safeParse({ offerId, version: Number(version) });
  const amount = (name: string) => priceInput.safeParse(typed(of(name)));
  const [price, goal] = [amount("price"), amount("goal")];
  const reach: Reach = z.enum(REACHES).catch("all").parse(of("reach"));
  return {
    offer: offer.success ? offer.data : null,
    plain: of("offer") === "none",
    price: price.success ? price.data : "",
    goal: { goal: goal.success ? goal.data : "", reach, who: of("who").slice(0, 200) || "group" },
  };
}
