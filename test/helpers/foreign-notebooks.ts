const image =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** As Colab saves it: two spaces, no ids in 4.0, its own metadata, ASCII escapes. */
const colab = `{
  "nbformat": 4,
  "nbformat_minor": 0,
  "metadata": {
    "colab": {"provenance": [], "toc_visible": true},
    "kernelspec": {"name": "python3", "display_name": "Python 3"},
    "language_info": {"name": "python"}
  },
  "cells": [
    {
      "cell_type": "markdown",
      "source": ["# Caf\\u00e9 \\ud83d\\ude80\\n", "text"],
      "metadata": {"id": "view-in-github", "colab_type": "text"}
    },
    {
      "cell_type": "code",
      "execution_count": 3,
      "metadata": {"id": "xYz", "outputId": "a1", "colab": {"base_uri": "https://localhost:8080/", "height": 34}},
      "outputs": [
        {"output_type": "stream", "name": "stdout", "text": ["1\\n", "2\\n"]},
        {"output_type": "execute_result", "execution_count": 3, "metadata": {}, "data": {"text/plain": ["12345678901234567890"], "application/vnd.google.colaboratory.intrinsic+json": {"type": "int", "big": 12345678901234567890}}}
      ],
      "source": ["print(1)\\n", "print(2)"]
    }
  ]
}`;

/** As VS Code saves it: tabs or one space, source as lists, vscode metadata, no newline at the end. */
const vscode = `{
\t"cells": [
\t\t{
\t\t\t"cell_type": "code",
\t\t\t"execution_count": null,
\t\t\t"id": "0f3c",
\t\t\t"metadata": {
\t\t\t\t"vscode": {
\t\t\t\t\t"languageId": "sql"
\t\t\t\t}
\t\t\t},
\t\t\t"outputs": [],
\t\t\t"source": [
\t\t\t\t"%%sql --save a\\r\\n",
\t\t\t\t"select 1.50 as é"
\t\t\t]
\t\t},
\t\t{
\t\t\t"cell_type": "raw",
\t\t\t"id": "0f3d",
\t\t\t"metadata": {},
\t\t\t"source": "as one text\\/slash"
\t\t}
\t],
\t"metadata": {},
\t"nbformat": 4,
\t"nbformat_minor": 5
}`;

/** As JupyterLab 3 saves it, with an attachment, widgets' state and an error. */
const jupyterLab = `{
 "cells": [
  {
   "attachments": {
    "image.png": {
     "image/png": "${image}"
    }
   },
   "cell_type": "markdown",
   "id": "d7c2",
   "metadata": {
    "tags": []
   },
   "source": [
    "![image.png](attachment:image.png)"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "d7c3",
   "metadata": {
    "collapsed": true,
    "jupyter": {
     "outputs_hidden": true,
     "source_hidden": false
    }
   },
   "outputs": [
    {
     "data": {
      "application/vnd.jupyter.widget-view+json": {
       "model_id": "0a",
       "version_major": 2,
       "version_minor": 0
      },
      "text/plain": [
       "IntSlider(value=0)"
      ]
     },
     "metadata": {},
     "output_type": "display_data"
    },
    {
     "ename": "ZeroDivisionError",
     "evalue": "division by zero",
     "output_type": "error",
     "traceback": [
      "\\u001b[0;31mZeroDivisionError\\u001b[0m"
     ]
    }
   ],
   "source": [
    "1/0"
   ]
  }
 ],
 "metadata": {
  "kernelspec": {
   "display_name": "Python 3 (ipykernel)",
   "language": "python",
   "name": "python3"
  },
  "widgets": {
   "application/vnd.jupyter.widget-state+json": {
    "state": {
     "0a": {
      "model_module": "@jupyter-widgets/controls",
      "model_module_version": "1.5.0",
      "model_name": "IntSliderModel",
      "state": {
       "max": 1e2,
       "value": -0.0
      }
     }
    },
    "version_major": 2,
    "version_minor": 0
   }
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

/** An R kernel's, with CRLF and a byte order mark. */
const rKernel = `\uFEFF{
  "cells": [
    {"cell_type": "code", "execution_count": 1, "metadata": {"vscode": {"languageId": "r"}}, "outputs": [
      {"data": {"text/html": ["<table class=\\"dataframe\\">\\n", "</table>\\n"], "text/latex": "\\\\begin{tabular}"}, "metadata": {}, "output_type": "display_data"}
    ], "source": "library(dplyr)\\ndf %>% head()"},
    {"cell_type": "markdown", "metadata": {"__proto__": {"polluted": true}, "constructor": 1}, "source": []}
  ],
  "metadata": {
    "kernelspec": {"display_name": "R", "language": "R", "name": "ir"},
    "language_info": {"codemirror_mode": "r", "file_extension": ".r", "mimetype": "text/x-r-source", "name": "R", "version": "4.3.1"}
  },
  "nbformat": 4,
  "nbformat_minor": 4
}
`.replaceAll('\n', '\r\n');

/** All in one line, with a Plotly figure, parameters as papermill has them, and lone surrogates. */
const minified =
  '{"nbformat_minor": 5, "nbformat": 4, "cells": [{"id":"p","cell_type":"code","metadata":{"tags":["parameters"]},"execution_count":null,"outputs":[],"source":"alpha = 0.1\\nratio = 2"},' +
  ' {"id":"injected","cell_type":"code","metadata":{"tags":["injected-parameters"]},"execution_count":1,"outputs":[{"output_type":"display_data","metadata":{},"data":{"application/vnd.plotly.v1+json":{"data":[{"x":[1,2.0,3E0],"type":"bar"}],"layout":{}}}}],"source":["# Parameters\\n","alpha = \\ud800 0.6"]}], "metadata": {"papermill": {"duration": 1.0}}}\n\n';

/** Notebooks as other programs write them, by the program. */
export const foreignNotebooks: Readonly<Record<string, string>> = {
  colab,
  vscode,
  jupyterLab,
  rKernel,
  minified,
};
