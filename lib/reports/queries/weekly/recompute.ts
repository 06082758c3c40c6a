import "server-only";
import type { Tx } from "@/lib/db";
import type { Figure } from "@/lib/figures/schema";
import { changeFigure, dollarTotal, type WeekScope, weeklyPart } from "../../rules/weekly/weekly-figures";
import { workFigures } from "./decisions";

type Load = (id: string) => Promise<Figure | null>;

const given = ({ inputs }: Figure, name: string): string | null => {
  const input = inputs[name];
  return input && "value" in input && input.value !== null ? String(input.value) : null;
};

const inputOf = ({ inputs }: Figure, name: string): string | null => {
  const input = inputs[name];
  return input && "figure" in input ? input.figure : null;
};

async function change(figure: Figure, load: Load): Promise<Figure[] | null> {
  const [now, before] = [inputOf(figure, "now"), inputOf(figure, "before")];
  const [is, was] = [now && (await load(now)), before && (await load(before))];
  if (!is || !was) return null;
  const input = figure.inputs.before;
  return [changeFigure(is, was, input && "figure" in input ? input.revision : undefined)];
}

async function dollars(figure: Figure, load: Load): Promise<Figure[] | null> {
  const [of, day] = [given(figure, "of"), given(figure, "day")];
  const names = Object.keys(figure.inputs).filter((name) => name.startsWith("part"));
  const parts = await Promise.all(
    names.map(async (name) => {
      const input = figure.inputs[name];
      const part = await load(inputOf(figure, name) ?? "");
      const revision = input && "figure" in input ? input.revision : undefined;
      return part && { figure: part, rate: given(figure, name.replace("part", "rate")), revision };
    }),
  );
  const known = parts.flatMap((part) => part ?? []);
  return of && day && known.length === names.length ? [dollarTotal(of, figure.label, known, day)] : null;
}

function scopeOf(figure: Figure): WeekScope | null {
  const [scope, id, startsAt, endsAt] = ["scope", "week", "from", "to"].map((name) => given(figure, name));
  if (!scope || !id || !startsAt || !endsAt) return null;
  return { id, startsAt, endsAt, endsOn: figure.asOf, ventureId: scope === "holding" ? null : scope };
}

/** Runs of agents stay as they were; what stood at a moment (what waited, who stood where) cannot be counted again later. */
async function counted(tx: Tx, figure: Figure): Promise<Figure[] | null> {
  const scope = scopeOf(figure);
  if (!scope) return null;
  return (await workFigures(tx, scope)).flatMap(({ runs, failed, tokens, cost }) => [runs, failed, tokens, cost]);
}

export async function recomputeWeeklyFigure(
  tx: Tx,
  { figure }: { figure: Figure },
  load: Load,
): Promise<Figure[] | null> {
  const part = weeklyPart(figure);
  if (part === "change") return change(figure, load);
  if (part === "dollars") return dollars(figure, load);
  return ["runs", "failed", "tokens", "cost"].includes(part) ? counted(tx, figure) : null;
}
