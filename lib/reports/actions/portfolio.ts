"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { changeView, dropView, keepView, startWith } from "../mutations/portfolio-views";
import { changeViewSchema, keepViewSchema, startViewSchema, viewIdSchema } from "../schema/portfolio";

/** A view of the portfolio under a name of one's own. */
export const keepPortfolioView = defineAction({
  permission: "venture:read",
  input: keepViewSchema,
  run: ({ actor, input }) => keepView(actor, input, clock.now()),
});

export const changePortfolioView = defineAction({
  permission: "venture:read",
  input: changeViewSchema,
  run: ({ actor, input }) => changeView(actor, input, clock.now()),
});

export const dropPortfolioView = defineAction({
  permission: "venture:read",
  input: viewIdSchema,
  run: ({ actor, input }) => dropView(actor, input.viewId, clock.now()),
});

/** The view that one's portfolio opens with. */
export const startPortfolioWith = defineAction({
  permission: "venture:read",
  input: startViewSchema,
  run: ({ actor, input }) => startWith(actor, input.viewId, clock.now()),
});
