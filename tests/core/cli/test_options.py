from pathlib import Path

import typer
from typer.testing import CliRunner

from koppelkans.cli.options import AsJson, CityFolder, Lang, Out

app = typer.Typer()


@app.command()
def tell(city: CityFolder, *, out: Out, lang: Lang = None, as_json: AsJson = False) -> None:
    typer.echo(f"{city.is_absolute()} {out.is_absolute()} {lang} {as_json}")


def test_folders_become_whole_paths_and_a_language_is_one_of_two(tmp_path: Path):
    done = CliRunner().invoke(app, [str(tmp_path), "--out", "uit", "--lang", "en", "--json"])
    assert done.output.strip() == "True True en True"
    assert CliRunner().invoke(app, [str(tmp_path), "--out", "uit", "--lang", "fr"]).exit_code == 2


def test_a_city_folder_must_be_there(tmp_path: Path):
    assert CliRunner().invoke(app, [str(tmp_path / "weg"), "--out", "uit"]).exit_code == 2
