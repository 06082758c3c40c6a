import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { CONTROL_STYLE } from "./control-style";

export function Textarea({ className, rows = 4, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea rows={rows} className={classNames(CONTROL_STYLE.replace("h-8 ", ""), "min-h-20", className)} {...rest} />
  );
}
