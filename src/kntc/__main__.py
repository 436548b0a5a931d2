from kntc.cli import main

main()
