import "server-only";
import { z } from "zod";
import { getWaterfallPage, type WaterfallPage } from "@/lib/distribution/queries/waterfall";
import { SUMS } from "@/lib/distribution/rules/split/split";
import { waterfallAsked } from "@/lib/distribution/schema/asked";
import { type ExportCell, figureCells, figureColumns, number } from "../../rules/export-table";
import { type ExportContext, exportTable, slugSchema, ventureInSight } from "./table";

const query = z.object({
  venture: slugSchema,
  offer: z.string().max(100).default(""),
  price: z.string().max(40).default(""),
});
const columns = (labels: string) => labels.split(",").map((label) => ({ label }));

async function pageOf({ actor, now }: ExportContext, { venture: slug, ...address }: z.output<typeof query>) {
  const venture = await ventureInSight(actor, slug);
  const page = await getWaterfallPage(actor, venture.id, waterfallAsked(address), now);
  return { page, subject: venture.slug, ventureId: venture.id };
}

const SUM_LABELS = ["Preference", "Conversion and participation", "Before tax", "Escrow and holdback"];
const LABELS = [...SUM_LABELS, "Tax withheld", "At closing", "Later at most"];

function holderRows({ split, figures }: WaterfallPage): ExportCell[][] {
  if (!split?.known) return [];
  const cells = (part: string) => SUMS.flatMap((key) => figureCells(figures[`${part}.${key}`], null));
  return [
    ...split.holders.map(({ id, name, group, classes }): ExportCell[] => [
      ...[name, group ? "group" : null, classes.map((one) => one.name).join("; ")],
      ...cells(`holder.${id}`),
    ]),
    ["All holders", null, null, ...cells("all")],
  ];
}

/** What each holder receives of the price that the screen splits. */
export const waterfall = exportTable({
  query,
  open: async (context, asked) => {
    const { page, ...of } = await pageOf(context, asked);
    const labels = LABELS.flatMap((label) => figureColumns(label));
    return {
      title: "Waterfall",
      ...of,
      rows: holderRows(page),
      columns: [...columns("Holder,Mark,Classes"), ...labels],
    };
  },
});

/** What each class receives over headline prices, with the prices at which the split changes marked. */
export const payoffCurve = exportTable({
  query,
  open: async (context, asked) => {
    const { page, ...of } = await pageOf(context, asked);
    const { picture, figures } = page;
    const rows = (picture?.points ?? []).map(({ price, knot }, place): ExportCell[] => [
      ...[number(price), knot ? "split changes" : null],
      ...(picture?.series ?? []).flatMap((_, index) => figureCells(figures[`curve.${place}.${index}`], null)),
    ]);
    const series = (picture?.series ?? []).flatMap(({ name }) => figureColumns(name));
    return { title: "Payoff curve", ...of, rows, columns: [...columns("Headline price,Mark"), ...series] };
  },
});
