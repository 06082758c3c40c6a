type Outcome = { ok: boolean; refusal?: string; problems?: readonly { path: string }[] };

/** Did a proposal meet the open memo of somebody else about the same thing? */
export const isAskedAlready = ({ refusal, problems = [] }: Outcome): boolean =>
  refusal === "INVALID_INPUT" && problems.some(({ path }) => path === "lever");
