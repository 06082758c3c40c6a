import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { CONTROL_STYLE } from "./control-style";

type TextInputProps = ComponentProps<"input"> & {
  /** Right-aligned figures. */
  numeric?: boolean;
};

export function TextInput({ numeric, className, type = "text", ...rest }: TextInputProps) {
  return (
    <input
      type={type}
      inputMode={numeric ? "decimal" : undefined}
      className={classNames(CONTROL_STYLE, numeric && "text-right", className)}
      {...rest}
    />
  );
}
