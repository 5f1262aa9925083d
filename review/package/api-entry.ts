import type { DeclarationReflection, ReflectionKind } from "typedoc" with { "resolution-mode": "import" };
import { commentText } from "./api-comments";
import { aliasOf, callOf, constructionOf, headOf, memberOf } from "./api-signatures";

/** What a module exports under one name, in Markdown: signature and docstring, and a list of its own members. */
export function apiEntry(exported: DeclarationReflection, kinds: typeof ReflectionKind): string {
  const { name, kind, signatures = [], comment } = exported;
  if (exported.isReference()) {
    return entry(name, `That of \`${exported.getTargetReflection().parent?.name ?? ""}\`.`);
  }
  const text = commentText(comment);
  switch (kind) {
    case kinds.Function:
      return signatures.map((each) => entry(callOf(each, name), commentText(each.comment))).join("\n\n");
    case kinds.Class:
      return [entry(headOf(exported, "class"), text), ...members(exported, kinds)].join("\n\n");
    case kinds.Interface:
      return [entry(headOf(exported, "interface"), text), ...members(exported, kinds)].join("\n\n");
    case kinds.TypeAlias:
      return entry(aliasOf(exported), text);
    default:
      return entry(`const ${memberOf(exported)}`, text);
  }
}

/** The members that a class or interface has of its own; none where it has none. */
function members({ name, children = [] }: DeclarationReflection, kinds: typeof ReflectionKind): string[] {
  const lines = children
    .filter(({ inheritedFrom }) => inheritedFrom === undefined)
    .flatMap((member) => {
      const { kind, signatures = [], getSignature, comment } = member;
      if (kind === kinds.Constructor) {
        return signatures.map((each) => line(constructionOf(each, name), commentText(each.comment)));
      }
      if (signatures.length > 0) {
        return signatures.map((each) => line(callOf(each, member.name), commentText(each.comment)));
      }
      return [line(memberOf(member), commentText(comment ?? getSignature?.comment))];
    });
  return lines.length === 0 ? [] : [lines.join("\n")];
}

function entry(signature: string, text: string): string {
  return `**${code(signature)}**${text === "" ? "" : `\\\n${text}`}`;
}

function line(signature: string, text: string): string {
  return `- ${code(signature)}${text === "" ? "" : `: ${text}`}`;
}

/** Code in Markdown; the types of templates hold backticks. */
function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}
