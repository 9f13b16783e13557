"""A plain page: whole without a script, for every reader and telephone. (nl: eenvoudige pagina)."""

from collections.abc import Iterable
from html import escape
from string import Template

PAGE = Template("""<!doctype html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>$title</title>
<style>
body{font:1.1rem/1.5 system-ui,sans-serif;color:#17324d;margin:0 auto;padding:1rem;max-width:42rem}
h1{font-size:1.6rem;line-height:1.2;margin:.2em 0}h2{margin:1.4em 0 .2em;border-bottom:2px solid #0f6e6e}h3{margin:.9em 0 0;font-size:1.1rem}
p{margin:.3em 0}a{color:#0f6e6e}.lead{font-size:1.25rem;font-weight:600}.note{background:#f3f6f7;border-left:4px solid #0f6e6e;padding:.5em .8em}
small,footer{color:#5b6b7a;font-size:.9rem}ul{padding-left:1.2em}li{margin:.2em 0}
</style>
</head>
<body>
<main>
$body
</main>
<footer>
$foot
</footer>
</body>
</html>
""")


def plain_page(title: str, body: Iterable[str], foot: Iterable[str] = (), *, lang: str) -> str:
    """Return a page of parts that are HTML already, with a title that is not."""
    return PAGE.substitute(lang=lang, title=escape(title), body="\n".join(body), foot="\n".join(foot))
