/** Colours of the system's light or dark mode; paper is white. */
export const staticStyle = `
:root{color-scheme:light dark;--ink:#1c2733;--soft:#5b6875;--line:#dde3e9;--back:#fff;--code:#f5f7f9;--accent:#0072b2;--fault:#a8201a}
@media (prefers-color-scheme:dark){:root{--ink:#e4e9ee;--soft:#9aa7b4;--line:#33404d;--back:#141b22;--code:#1c252e;--accent:#6fb8e6;--fault:#ff8f87}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.55 system-ui,"Segoe UI",Helvetica,Arial,sans-serif;overflow-wrap:break-word}
main{max-width:860px;margin:0 auto;padding:32px 24px 64px}
section{margin:0 0 18px}
h1{font-size:28px;line-height:1.2;margin:8px 0 12px}h2{font-size:21px;margin:28px 0 8px}h3{font-size:17px;margin:22px 0 6px}
a{color:var(--accent)}
img,svg{max-width:100%;height:auto;display:block}
figure{margin:8px 0}
pre,code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12.5px}
code{background:var(--code);border-radius:3px;padding:1px 4px}
pre{background:var(--code);border-radius:6px;padding:10px 12px;margin:6px 0;overflow-x:auto;white-space:pre-wrap}
pre code{padding:0;background:none}
pre.text{background:none;border:1px solid var(--line)}
pre.error{color:var(--fault);background:none;border:1px solid var(--fault)}
details{margin:0 0 4px}
summary{cursor:pointer;color:var(--soft);font-size:12.5px}
.input{display:inline-flex;gap:8px;align-items:baseline;border:1px solid var(--line);border-radius:6px;padding:4px 10px;font-size:13.5px}
.input b{font-variant-numeric:tabular-nums}
.table{overflow-x:auto}
.table p{color:var(--soft);font-size:12px;margin:4px 0 0}
table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums;margin:6px 0}
th,td{border:0;border-bottom:1px solid var(--line);padding:4px 10px;text-align:left;vertical-align:top}
th[align=right],td[align=right]{text-align:right}
thead th{border-bottom:2px solid var(--line);font-weight:600}
blockquote{margin:8px 0;padding:0 14px;border-left:3px solid var(--line);color:var(--soft)}
hr{border:0;border-top:1px solid var(--line);margin:20px 0}
.picture{color:var(--soft);font-size:12px}
@media print{
:root{color-scheme:light;--ink:#111;--soft:#555;--line:#ccc;--back:#fff;--code:#f6f6f6;--accent:#004f7c;--fault:#a8201a}
main{max-width:none;padding:0}
details:not([open]){display:none}
figure,tr,pre.error{break-inside:avoid}
thead{display:table-header-group}
h1,h2,h3{break-after:avoid}
.table{overflow:visible}
pre{overflow:visible}
a{text-decoration:none}
}
@page{margin:16mm 15mm}
`;
