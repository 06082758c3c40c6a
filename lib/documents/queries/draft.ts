import "server-only";
import type { Tx } from "@/lib/db";
import { AppError, ok, refuse } from "@/lib/errors";
import { digestOf, neededBy } from "@/lib/figures/rules";
import { fillTemplate } from "../rules/fill";
import { HOUSE_TEMPLATES } from "../rules/house";
import { quotedIn, unquoted } from "../rules/model";
import { parseTemplate } from "../rules/template";
import { type DocumentKind, KIND_NAMES, type WriteDocument } from "../schema";
import { loadDocumentFacts, loadSale, type SoldVenture } from "./facts";
import { newestTemplate } from "./templates";

export type Drafting = { venture: SoldVenture; asked: WriteDocument; now: Date };

const titleOf = (kind: DocumentKind, bidder: string, name: string | null): string =>
  `${KIND_NAMES[kind]}, ${name ?? bidder}`.slice(0, 200);

/** A document as it would be written now, with the digest of everything that it is made from. */
export async function composeDraft(tx: Tx, { venture, asked, now }: Drafting) {
  const about = asked.about ?? "";
  const sale = await loadSale(tx, venture, now);
  if (!sale) throw new AppError("NOT_FOUND");
  const found = await loadDocumentFacts(tx, sale, { ...asked, about }, now);
  if (typeof found === "string") return refuse(found);
  const { facts, figures } = found;
  const stored = await newestTemplate(tx, asked.kind);
  const { template } = parseTemplate(stored?.body ?? HOUSE_TEMPLATES[asked.kind]);
  const bidder = facts.fields["buyer.name"] ?? "";
  const title = titleOf(asked.kind, bidder, facts.fields["about.name"] ?? null);
  const { model, missing } = fillTemplate(template, facts, title);
  const digest = digestOf({ kind: asked.kind, offer: asked.offer, about, model: unquoted(model), open: facts.open });
  const quoted = quotedIn(model).flatMap((id) => figures.find((one) => one.id === id) ?? []);
  const rests = quoted.flatMap((figure) => neededBy(figure, figures));
  const needed = [...new Map(rests.map((figure) => [figure.id, figure])).values()];
  return ok({ facts, model, missing, title, digest, about, figures: needed });
}
