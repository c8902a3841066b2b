// The menu as a picture. Everything in it is in the list beside it as well, which is the one for keyboards and readers.

import { useEffect, useRef } from "preact/hooks";
import "./diagram.css";
import type { Editor } from "./editor";
import { KINDS } from "./kinds";
import type { Arrow, Box, Drawing, Finding } from "./types";

export function Diagram({ editor }: { editor: Editor }) {
  const { drawing, findings } = editor.checked.value;
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = frame.current?.querySelector(".ivr-box.current");
    box?.scrollIntoView?.({ block: "nearest", inline: "center" });
  }, [editor.selected.value]);
  if (!drawing) return null;
  const { width, height, boxes, arrows } = drawing;
  const selected = editor.selected.value;
  return (
    <div class="ivr-diagram" aria-hidden="true" ref={frame}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
        <defs>
          <marker
            id="ivr-tip"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerUnits="userSpaceOnUse"
            markerWidth="9"
            markerHeight="9"
            orient="auto"
          >
            <path d="M0,0 L8,4 L0,8 z" />
          </marker>
        </defs>
        {arrows.map((arrow) => (
          <Way key={`${arrow.source} ${arrow.to}`} arrow={arrow} near={touches(arrow, selected)} />
        ))}
        {boxes.map((box) => (
          <NodeBox key={box.name} {...{ box, drawing, editor }} mark={markOf(findings, box.name)} />
        ))}
      </svg>
    </div>
  );
}

function Way({ arrow, near }: { arrow: Arrow; near: boolean }) {
  const kinds = [arrow.chosen ? "chosen" : "", arrow.back ? "back" : "", near ? "near" : ""];
  return (
    <g class={`ivr-way ${kinds.join(" ")}`}>
      <path d={arrow.path} marker-end="url(#ivr-tip)" />
      <text x={arrow.x} y={arrow.y}>
        {arrow.label}
      </text>
    </g>
  );
}

interface Properties {
  box: Box;
  drawing: Drawing;
  editor: Editor;
  mark: string;
}

function NodeBox({ box, drawing, editor, mark }: Properties) {
  const chosen = editor.selected.value === box.name ? "current" : "";
  const { box_width: width, box_height: height } = drawing;
  const select = () => {
    editor.selected.value = box.name;
  };
  return (
    <g
      class={`ivr-box ${box.kind} ${mark} ${chosen}`}
      transform={`translate(${box.x} ${box.y})`}
      onClick={select}
    >
      <rect width={width} height={height} rx="8" />
      <text x="12" y="22" class="ivr-box-name">
        {box.name}
      </text>
      <text x={width - 12} y="22" class="ivr-box-kind">
        {KINDS[box.kind].name}
      </text>
      <text x="12" y="42" class="ivr-box-says">
        {cut(box.summary, 25)}
      </text>
    </g>
  );
}

function touches({ source, to }: Arrow, name: string): boolean {
  return source === name || to === name;
}

export function markOf(findings: readonly Finding[], name: string): "" | "error" | "warning" {
  const own = findings.filter(({ node }) => node === name).map(({ severity }) => severity);
  return own.includes("error") ? "error" : own.includes("warning") ? "warning" : "";
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}
